package trackunittest

import (
	"context"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

func (o operations) GetCategory(_ context.Context, req *generated.GetCategory) (*generated.GetCategoryResponse, error) {
	defer o.read()()
	list, err := find(o.f.Categories, req.ID, "category")
	return &generated.GetCategoryResponse{List: list}, err
}

func (o operations) CreateCategory(
	_ context.Context, req *generated.CreateCategory,
) (*generated.CreateCategoryResponse, error) {
	defer o.write()()
	if _, err := needed(req.Name, "Name"); err != nil {
		return nil, err
	}
	id := o.f.Categories.put(generated.Category{Name: req.Name})
	return &generated.CreateCategoryResponse{ID: xmlwire.Some(id)}, nil
}

func (o operations) UpdateCategory(
	_ context.Context, req *generated.UpdateCategory,
) (*generated.UpdateCategoryResponse, error) {
	defer o.write()()
	c, err := one(o.f.Categories, req.ID, "category")
	if err = first(err, notBlank(req.Name, "Name")); err != nil {
		return nil, err
	}
	set(&c.Name, req.Name)
	o.f.Categories.put(c)
	return &generated.UpdateCategoryResponse{}, nil
}

// DeleteCategory leaves the units of the category without one.
func (o operations) DeleteCategory(
	_ context.Context, req *generated.DeleteCategory,
) (*generated.DeleteCategoryResponse, error) {
	defer o.write()()
	c, err := one(o.f.Categories, req.ID, "category")
	if err != nil {
		return nil, err
	}
	o.f.Categories.delete(c.ID.Value())
	return &generated.DeleteCategoryResponse{}, nil
}
